import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';
import { useFieldErrors } from './errors.js';
import { useCloseGuard } from './leave-guard.js';
import { WriteFailure } from './states.js';

interface Props {
  open: boolean;
  /** Names the object: “暂停 林** 的英才卡 3710 …”. */
  title: string;
  /** What happens to whom. */
  effect: ReactNode;
  confirmText: string;
  /** Where leaving is a choice of its own; `取消` else. */
  cancelText?: string;
  /** Of the reason, where it is an answer or a note. */
  reasonLabel?: string;
  reasonPlaceholder?: string;
  /** Most characters, as the contract has them. */
  maxLength?: number;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  /** More fields above the reason. */
  children?: ReactNode;
  initialValues?: Record<string, unknown>;
  onConfirm: (values: { reason: string } & Record<string, unknown>) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a reason before something that others will feel. */
export function ReasonModal(props: Props) {
  const {
    open,
    title,
    effect,
    confirmText,
    danger = false,
    busy,
    error,
    children,
    onConfirm,
    onClose,
  } = props;
  const c = useText(commonTexts);
  const [form] = Form.useForm<{ reason: string }>();
  const placeErrors = useFieldErrors();
  const close = useCloseGuard(() => Boolean(form.getFieldValue('reason')), onClose);
  return (
    <Modal
      open={open}
      title={title}
      okText={confirmText}
      cancelText={props.cancelText ?? c('cancel')}
      okButtonProps={{ danger, loading: busy }}
      onOk={() => form.submit()}
      onCancel={close}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <p style={{ marginBottom: 16 }}>{effect}</p>
      <WriteFailure error={error} />
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={props.initialValues ?? {}}
        onFinish={(values: { reason: string } & Record<string, unknown>) => {
          onConfirm(values).catch((failure: unknown) => placeErrors(form, failure));
        }}
      >
        {children}
        <Form.Item
          name="reason"
          label={props.reasonLabel ?? c('reason')}
          rules={[{ required: true, whitespace: true, min: 2, message: c('reasonTooShort') }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={props.maxLength ?? 500}
            showCount
            placeholder={props.reasonPlaceholder ?? c('reasonPlaceholder')}
            autoFocus
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
