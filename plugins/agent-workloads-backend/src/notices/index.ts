export { catalogNames } from './catalogNames';
export { NoticeLog } from './NoticeLog';
export { mayBeNews, Notices, type NoticesOptions } from './Notices';
export { noticesOf } from './noticesOf';
export { clockOf } from './words';
export { recipientsOf } from './recipients';
