export { EntityReportContent } from './EntityReportContent';
export { EntityReportCard } from './EntityReportCard';
