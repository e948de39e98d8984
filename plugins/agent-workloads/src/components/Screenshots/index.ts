export { ScreenshotsTab } from './ScreenshotsTab';
export { PageThumbnails } from './PageThumbnails';
