import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded lazily, and a busy machine takes its time.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });
