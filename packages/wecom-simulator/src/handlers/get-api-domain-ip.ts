import type { AppEndpoint } from './endpoint.ts';

/** GET get_api_domain_ip: any valid token will do. */
export const getApiDomainIp: AppEndpoint = {
  path: 'get_api_domain_ip',
  method: 'GET',
  access: 'anyToken',
  emptyOnFailure: { ip_list: [] },
  answer: () => ({ ip_list: ['182.254.11.176', '182.254.78.66'] }),
};
