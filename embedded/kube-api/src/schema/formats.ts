/** The formats that the API server checks; an unknown one is accepted, as there. */
const CHECKS: Record<string, (value: string) => boolean> = {
  'date-time': value =>
    /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(
      value,
    ) && !Number.isNaN(Date.parse(value)),
  date: value =>
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  duration: value => /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/.test(value),
  uuid: value =>
    /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(
      value,
    ),
  uri: value => URL.canParse(value),
  email: value => /^[^\s@]+@[^\s@]+$/.test(value),
  byte: value =>
    /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
  ipv4: value =>
    /^(\d{1,3}\.){3}\d{1,3}$/.test(value) &&
    value.split('.').every(part => Number(part) <= 255),
};

export function checkFormat(format: string, value: string): boolean {
  return CHECKS[format]?.(value) ?? true;
}
