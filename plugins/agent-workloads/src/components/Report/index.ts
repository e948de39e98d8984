export { ReportTab } from './ReportTab';
export { ReportView } from './ReportView';
export { PriceTable } from './PriceTable';
