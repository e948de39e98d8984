export { CompanyMark } from './CompanyMark';
