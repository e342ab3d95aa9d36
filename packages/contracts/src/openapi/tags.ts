import type { Endpoint } from '../endpoint.ts';
import * as administrators from '../endpoints/administrators.ts';
import * as attributes from '../endpoints/attributes.ts';
import * as audit from '../endpoints/audit.ts';
import * as authProviders from '../endpoints/auth-providers.ts';
import * as directory from '../endpoints/directory.ts';
import * as exports from '../endpoints/exports.ts';
import * as me from '../endpoints/me.ts';
import * as notices from '../endpoints/notices.ts';
import * as overview from '../endpoints/overview.ts';
import * as session from '../endpoints/session.ts';
import * as setup from '../endpoints/setup.ts';
import * as syncRuns from '../endpoints/sync-runs.ts';
import * as wecomEvents from '../endpoints/wecom-events.ts';
import * as wecomSettings from '../endpoints/wecom-settings.ts';
import * as wecomSignIn from '../endpoints/wecom-sign-in.ts';

interface Tag {
  name: string;
  description: string;
  operations: Readonly<Record<string, Endpoint>>;
}

/** The tags of the document, one per module of endpoints. */
export const tags: readonly Tag[] = [
  { name: 'Setup', description: 'The first admin of an installation.', operations: setup },
  { name: 'Session', description: 'Sign-in and sign-out with a local account.', operations: session },
  { name: 'WeCom sign-in', description: 'Sign-in with WeCom by OAuth2 or QR code.', operations: wecomSignIn },
  { name: 'Me', description: 'Profile, sessions and consent of the signed-in user.', operations: me },
  { name: 'Overview', description: 'Whether all is well.', operations: overview },
  {
    name: 'Administrators',
    description: 'Who may see the console, and the local accounts.',
    operations: administrators,
  },
  {
    name: 'Authentication providers',
    description: 'How members sign in with WeCom.',
    operations: authProviders,
  },
  {
    name: 'WeCom settings',
    description: 'The connection to WeCom, the schedule and the removal guard.',
    operations: wecomSettings,
  },
  {
    name: 'WeCom events',
    description: 'Callback URLs, and the events that WeCom sends to them.',
    operations: wecomEvents,
  },
  { name: 'Sync runs', description: 'Start, follow, approve and undo sync runs.', operations: syncRuns },
  { name: 'Directory', description: 'Departments and members.', operations: directory },
  {
    name: 'Attributes',
    description: 'Attributes of members that the enterprise adds by file.',
    operations: attributes,
  },
  { name: 'Exports', description: 'Files of lists, written in the background.', operations: exports },
  { name: 'Notices', description: 'What needs a person, and who is told of it.', operations: notices },
  { name: 'Audit', description: 'Who did what in the console.', operations: audit },
];

/** The tag of an operation. @throws Error when its module is missing above */
export function getTag(endpoint: Endpoint): string {
  const tag = tags.find(({ operations }) => Object.values(operations).includes(endpoint));
  if (tag === undefined) throw new Error(`no tag for ${endpoint.method} ${endpoint.path}`);
  return tag.name;
}
