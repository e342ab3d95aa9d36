import type { Attribute } from '@orgmirror/contracts';
import { attributeTypes } from '@orgmirror/contracts/attribute-texts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelledInput } from '../../components/labelled-input.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Select } from '../../components/select.tsx';
import { attributesKey } from '../../entities/attributes/attributes-query.ts';
import { createAttribute, updateAttribute } from '../../lib/api/attributes.ts';
import { readProblem } from '../../lib/http/problem-error.ts';

const formId = 'om-attribute';

interface AttributeDialogProps {
  /** The one that is changed; undefined for a new one. */
  attribute: Attribute | undefined;
  onClose: () => void;
}

/** Adds an attribute, or changes what can be changed of one: names and choices. */
export function AttributeDialog({ attribute, onClose }: AttributeDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const choicesId = useId();
  const [key, setKey] = useState(attribute?.key ?? '');
  const [nameZh, setNameZh] = useState(attribute?.nameZh ?? '');
  const [nameEn, setNameEn] = useState(attribute?.nameEn ?? '');
  const [type, setType] = useState<Attribute['type']>(attribute?.type ?? 'text');
  const [lines, setLines] = useState(attribute?.choices.join('\n') ?? '');
  const choices = lines.split('\n').flatMap((line) => line.trim() || []);
  const save = useMutation({
    mutationFn: () => {
      const names = { nameZh: nameZh.trim(), nameEn: nameEn.trim() };
      const chosen = type === 'choice' && { choices };
      return attribute === undefined
        ? createAttribute({ body: { key: key.trim(), type, ...names, ...chosen } })
        : updateAttribute({ params: { key: attribute.key }, body: { ...names, ...chosen } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: attributesKey });
      onClose();
    },
  });
  const errors = readProblem(save.error)?.errors ?? [];
  const errorOf = (field: string) =>
    errors.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      open
      title={t(attribute === undefined ? 'attributes.add' : 'attributes.editTitle')}
      okText={t('attributes.save')}
      cancelText={t('common.action.cancel')}
      okButtonProps={{ htmlType: 'submit', form: formId, loading: save.isPending }}
      onCancel={onClose}
    >
      <form id={formId} className="om-attribute-form" onSubmit={submit} noValidate>
        {save.isError && errors.length === 0 && <ProblemNotice error={save.error} />}
        <LabelledInput
          label={t('attributes.form.nameZh')}
          value={nameZh}
          maxLength={40}
          onChange={({ target }) => setNameZh(target.value)}
          error={errorOf('nameZh')}
        />
        <LabelledInput
          label={t('attributes.form.nameEn')}
          value={nameEn}
          maxLength={40}
          onChange={({ target }) => setNameEn(target.value)}
          error={errorOf('nameEn')}
        />
        {attribute === undefined && (
          <>
            <LabelledInput
              label={t('attributes.column.key')}
              hint={t('attributes.form.keyHint')}
              isCode
              value={key}
              maxLength={32}
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => setKey(target.value)}
              error={errorOf('key')}
            />
            <div className="om-field">
              <label htmlFor="om-attribute-type">{t('attributes.column.type')}</label>
              <Select
                id="om-attribute-type"
                value={type}
                options={attributeTypes.map((value) => ({ value, label: t(`attributes.type.${value}`) }))}
                onChange={(value) => setType(attributeTypes.find((one) => one === value) ?? 'text')}
              />
              <p className="om-hint">{t('attributes.form.typeHint')}</p>
            </div>
          </>
        )}
        {type === 'choice' && (
          <div className="om-field">
            <label htmlFor={choicesId}>{t('attributes.form.choices')}</label>
            <Input.TextArea
              id={choicesId}
              value={lines}
              autoSize={{ minRows: 3, maxRows: 8 }}
              onChange={({ target }) => setLines(target.value)}
            />
            <p className={errorOf('choices') ? 'om-hint om-hint-error' : 'om-hint'} aria-live="polite">
              {errorOf('choices') ?? t('attributes.form.choicesHint')}
            </p>
          </div>
        )}
      </form>
    </Modal>
  );
}
