import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
      <path
        d="M5 24 L12 8 L19 24"
        fill="none"
        stroke="#7fe0c3"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="25" cy="11" r="4" fill="#ffc857" />
      <path
        d="M25 18 V24"
        stroke="#ffc857"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Agent Workloads';
  return (
    <div
      style={{
        width: sidebarConfig.drawerWidthClosed,
        height: 3 * sidebarConfig.logoHeight,
        display: 'flex',
        alignItems: 'center',
        marginBottom: -14,
      }}
    >
      <Link
        to="/"
        underline="none"
        aria-label={`${title}, home`}
        style={{
          marginLeft: 22,
          display: 'flex',
          alignItems: 'center',
          gap: 12,
          color: '#fff',
          fontWeight: 700,
          fontSize: 16,
          whiteSpace: 'nowrap',
        }}
      >
        <Mark />
        {isOpen && title}
      </Link>
    </div>
  );
}
