import type { Messages } from '../zh-CN/messages.ts';

export const attributes: Messages['attributes'] = {
  title: 'Extra attributes',
  intro:
    'What WeCom does not say about members: employee number, date of joining, cost centre. Your enterprise keeps them by file and no sync overwrites them; they can be shown in the list of members, searched and exported.',
  add: 'Add attribute',
  edit: 'Edit',
  editTitle: 'Edit attribute',
  save: 'Save',
  empty: {
    title: 'No extra attributes yet',
    detail:
      'Define attributes, fill in the template and upload it. It is tried first, and applied when you say so.',
  },
  column: { name: 'Name', key: 'Key', type: 'Type', members: 'Members', actions: 'Actions' },
  type: { text: 'Text', number: 'Number', date: 'Date', choice: 'Choice' },
  form: {
    nameZh: 'Name in Chinese',
    nameEn: 'Name in English',
    keyHint: 'Lower-case letters, digits and _; cannot be changed later',
    typeHint: 'Cannot be changed later',
    choices: 'Choices',
    choicesHint: 'One a line',
  },
  delete: {
    action: 'Delete',
    title: 'Delete “{{name}}”?',
    effect_one: 'The value of {{count, number}} member goes with it and cannot be restored.',
    effect_other: 'The values of {{count, number}} members go with it and cannot be restored.',
    done: '{{name}} was deleted',
  },
  import: {
    title: 'Fill in by file',
    intro:
      'Download the template with the userids and present values of all members, change it and upload it. The upload is a dry run; nothing changes until you apply it.',
    template: { xlsx: 'Template (xlsx)', csv: 'Template (csv)' },
    upload: 'Upload file',
    rules:
      'xlsx and csv (the encoding is recognised), at most 100,000 rows and 32 MB. An empty cell clears the value; columns that the file does not have stay as they are. A formula in xlsx counts as its saved result.',
    judged: 'Dry run: {{fileName}}',
    applied: 'Applied: {{fileName}}',
    count: { set: 'To write', cleared: 'Only cleared', unchanged: 'Unchanged', refused: 'Refused' },
    clears_one: 'Empty cells will clear {{count, number}} present value',
    clears_other: 'Empty cells will clear {{count, number}} present values',
    refused_one: '{{count, number}} row was refused and will be skipped',
    refused_other: '{{count, number}} rows were refused and will be skipped',
    errorFile: 'Download refused rows',
    more_one: 'Only the first {{count, number}} is shown; the file has all.',
    more_other: 'Only the first {{count, number}} are shown; the file has all.',
    apply_one: 'Apply to {{count, number}} member',
    apply_other: 'Apply to {{count, number}} members',
    nothing: 'Nothing to apply',
    done_one: '{{count, number}} member was updated',
    done_other: '{{count, number}} members were updated',
    row: { line: 'Row', userId: 'Userid', attribute: 'Column', given: 'Cell', reason: 'Reason' },
  },
};
