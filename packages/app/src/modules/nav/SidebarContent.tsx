import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import {
  Settings as SidebarSettings,
  UserSettingsSignInAvatar,
} from '@backstage/plugin-user-settings';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { SidebarLogo } from './SidebarLogo';
import { useTabTitle } from './useTabTitle';
import { navTranslationRef, pageAt } from './words';

function NavItem({ href, title, icon }: NavContentNavItem) {
  const { t } = useTranslationRef(navTranslationRef);
  const page = pageAt(href);
  return (
    <SidebarItem to={href} text={page ? t(page) : title} icon={() => icon} />
  );
}

/** The pages that the job needs come first, in its order; whatever else is installed follows by title. */
export function SidebarContent({ navItems }: NavContentComponentProps) {
  // The pages call themselves "Agent Workloads"; in this portal that is what they are for.
  const runs = navItems.take('page:agent-workloads');
  const nav = navItems.withComponent(NavItem);
  const { t } = useTranslationRef(navTranslationRef);
  useTabTitle();
  // Drawn by hand below, or reached from elsewhere.
  nav.take('page:notifications');
  nav.take('page:search');
  nav.take('page:user-settings');
  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label={t('search')} icon={<RiSearchLine />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label={t('menu')} icon={<RiMenuLine />}>
        {nav.take('page:home')}
        {nav.take('page:catalog')}
        {nav.take('page:scaffolder')}
        {runs && <NavItem {...runs} title={t('runs')} />}
        <SidebarDivider />
        <SidebarScrollWrapper>
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem text={t('notifications')} />
      <SidebarGroup
        label={t('settings')}
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        <SidebarSettings />
      </SidebarGroup>
    </Sidebar>
  );
}
