import type { Messages } from '../zh-CN/messages.ts';

export const palette: Messages['palette'] = {
  title: 'Search and commands',
  input: 'Page, department, member or command',
  group: {
    recent: 'Recent',
    page: 'Pages',
    command: 'Commands',
    department: 'Departments',
    member: 'Members',
  },
  searching: 'Searching',
  none: 'No page, command, department or member matches',
  failed: 'Members cannot be searched now, try again later',
  keys: '↑ ↓ choose · Enter opens · Esc closes',
  command: {
    preview: { name: 'Preview a sync', effect: 'Reads and compares, changes nothing' },
    sync: { name: 'Sync with WeCom…', effect: 'Asks first, then reads and applies' },
    theme: { name: 'Theme: {{choice}}', effect: 'This browser only' },
    language: { name: 'Language: {{choice}}', effect: 'This browser only' },
    shortcuts: { name: 'Keyboard shortcuts', effect: 'Lists all shortcuts' },
  },
  newTab: 'Opens in a new tab',
  shortcuts: {
    title: 'Keyboard shortcuts',
    open: 'Search pages, departments, members and commands',
    search: 'Go to the search box of this page',
    list: 'List the shortcuts',
    back: 'Close what is open, or go up one page',
    rows: 'Move between the rows of a table',
    tree: 'Move in the department tree; left and right fold, Space selects',
    quiet: 'While text is being typed, these keys do nothing.',
  },
};
