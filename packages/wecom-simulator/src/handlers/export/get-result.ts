import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readText } from '../read-parameters.ts';

/**
 * GET export/get_result: 40088 for an unknown job or one of another secret, 40089 for one whose result was
 * purged.
 */
export const exportGetResult: AppEndpoint = {
  path: 'export/get_result',
  method: 'GET',
  access: 'contacts',
  emptyOnFailure: { data_list: [] },
  answer({ state, app, query, origin }) {
    const found = state.exports.look(app.agentid, readText(query, 'jobid', 40063));
    switch (found.kind) {
      case 'unknown':
        throw new VendorError(40088);
      case 'purged':
        throw new VendorError(40089);
      case 'running':
        return { status: 1, data_list: [] };
      case 'failed':
        return { status: 3 };
      case 'done':
        return {
          status: 2,
          data_list: found.files.map(({ id, size, md5 }) => ({
            url: `${origin}/export-files/${id}`,
            size,
            md5,
          })),
        };
    }
  },
};
