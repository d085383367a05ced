import { useMutation } from '@tanstack/react-query';
import { Button, Form, type FormInstance, Input } from 'antd';
import { useNavigate } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { Refused } from '../../api/problem.js';
import { deskWords } from '../../i18n/desk.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { useChoiceNames } from './choice-names.js';
import { exampleOf, fieldsOf, isWellFormed, type RequestField, requestOf, valueOf } from './request-fields.js';
import type { Procedure } from './use-procedures.js';

type Opening = components['schemas']['OpenCaseBody'];
type Typed = Readonly<Record<string, string | undefined>>;
const keyOf = ({ path }: RequestField): string => path.join('.');

/** A field's value that the office does not take, for the form to show where it stands. */
class FieldRefused extends Error {
  constructor(readonly field: string) {
    super(field);
  }
}

interface RequestFormProps {
  readonly procedure: Procedure;
  /** Fields that are settled already, as the request has them: they are not asked for. */
  readonly given?: Typed | undefined;
}

const NOTHING_GIVEN: Typed = {};

/** What a procedure's case asks for, field by field of its schema; what is refused is told at the field. */
export function RequestForm({ procedure, given = NOTHING_GIVEN }: RequestFormProps) {
  const say = useText(deskWords);
  const navigate = useNavigate();
  const [form] = Form.useForm<Typed>();
  const fields = fieldsOf(procedure.request);
  const asked = fields.filter((field) => given[keyOf(field)] === undefined);
  const opening = useMutation({
    mutationFn: async (typed: Typed) => {
      const values = await Promise.all(
        fields.map(async (each) => [each.path, given[keyOf(each)] ?? (await sentAs(each, typed))] as const),
      );
      const request = requestOf(values) as Record<string, never>;
      return answered(
        office.POST('/api/cases', { body: { procedure: procedure.name as Opening['procedure'], request } }),
      );
    },
    onSuccess: async ({ caseId, position }) => {
      // The case is looked at only once the read side has it.
      const params = { path: { caseId }, query: { atLeast: position } };
      await answered(office.GET('/api/desk/cases/{caseId}', { params }));
      await navigate(`/desk/cases/${caseId}`);
    },
    onError: (error) => showAtFields(form, fields, error, say),
  });
  return (
    <Form<Typed> form={form} layout="vertical" scrollToFirstError onFinish={(typed) => opening.mutate(typed)}>
      {asked.map((field) => (
        <RequestInput key={keyOf(field)} field={field} />
      ))}
      {opening.isError && faultsOf(opening.error).length === 0 ? <Failed error={opening.error} /> : null}
      <Button type="primary" htmlType="submit" loading={opening.isPending}>
        {say('openNow')}
      </Button>
    </Form>
  );
}

/** A citizen number goes in a body of its own, never into the case; the case names the person by id. */
async function sentAs(field: RequestField, typed: Typed): Promise<unknown> {
  const value = valueOf(field, typed[keyOf(field)] ?? '');
  if (field.kind !== 'person' || typeof value !== 'string') return value;
  try {
    return (await answered(office.POST('/api/people/search', { body: { citizenNumber: value } }))).personId;
  } catch (error) {
    const isRefused = error instanceof Refused && [400, 403, 404, 422].includes(error.problem.status);
    throw isRefused ? new FieldRefused(keyOf(field)) : error;
  }
}

interface Fault {
  readonly path: string;
  readonly rule: string;
  readonly example: string;
}

/** The faults by field of a refusal: paths of the request, without the request itself. */
function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof FieldRefused) return [{ path: error.field, rule: '', example: '' }];
  if (!(error instanceof Refused) || !Array.isArray(error.problem.details)) return [];
  return (error.problem.details as readonly unknown[]).flatMap((each) =>
    typeof each === 'object' && each !== null && 'path' in each
      ? [{ ...(each as Fault), path: (each as Fault).path.replace(/^request\./, '') }]
      : [],
  );
}

type SayDesk = ReturnType<typeof useText<keyof typeof deskWords>>;

function showAtFields(form: FormInstance<Typed>, fields: readonly RequestField[], error: unknown, say: SayDesk): void {
  form.setFields(
    faultsOf(error).map(({ path, example }) => {
      const field = fields.find((each) => keyOf(each) === path);
      const text = error instanceof FieldRefused ? say('personUnknown') : say('badForm', { example });
      return { name: field === undefined ? path : keyOf(field), errors: [text] };
    }),
  );
}

function RequestInput({ field }: { readonly field: RequestField }) {
  const say = useText(deskWords);
  const { kind, choices, isRequired, longest } = field;
  const word = `field.${field.path.at(-1) ?? ''}`;
  const label = word in deskWords ? say(word as keyof typeof deskWords) : (field.path.at(-1) ?? '');
  const choiceName = useChoiceNames();
  return (
    <Form.Item
      name={keyOf(field)}
      label={kind === 'person' ? `${label} (${say('citizenNumber')})` : label}
      rules={[
        { required: isRequired, whitespace: true, message: say('needed') },
        {
          validator: (_, typed: string | undefined) =>
            isWellFormed(field, typed ?? '')
              ? Promise.resolve()
              : Promise.reject(new Error(say('badForm', { example: exampleOf(field) }))),
        },
      ]}
    >
      {kind === 'choice' ? (
        <select className="plain-select">
          <option value="" />
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceName(choice) ?? choice}
            </option>
          ))}
        </select>
      ) : kind === 'long' ? (
        <Input.TextArea rows={3} {...(longest === undefined ? {} : { maxLength: longest })} />
      ) : (
        <Input
          type={kind === 'day' ? 'date' : 'text'}
          autoComplete="off"
          {...(kind === 'month' ? { placeholder: '2025-07' } : {})}
          {...(longest === undefined ? {} : { maxLength: longest })}
        />
      )}
    </Form.Item>
  );
}
