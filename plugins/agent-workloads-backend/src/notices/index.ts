export { catalogNames } from './catalogNames';
export { NoticeLog } from './NoticeLog';
export { mayBeNews, Notices, type NoticesOptions } from './Notices';
export { noticesOf } from './noticesOf';
export { noticeSettings } from './settings';
export { recipientsOf } from './recipients';
