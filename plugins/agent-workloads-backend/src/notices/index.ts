export { noticeOf } from './noticeOf';
export { Notices } from './Notices';
