import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { forgetDrafts } from '@/platform/drafts';
import { readStored } from '@/platform/storage';
import { changeDraft, EMPTY_FORM, emptyDraft, useDraft } from './draft';

const owner = { personId: '01JD0000000000000000000002', correcting: null };

describe('forgetting the drafts', () => {
  it('takes them out of the storage and out of open pages, which leave nothing behind either', () => {
    const page = renderHook(() => useDraft(owner, emptyDraft));
    act(() => changeDraft(owner, () => ({ form: { ...EMPTY_FORM, mobile: '13800000001' } })));
    expect(page.result.current.form.mobile).toBe('13800000001');
    expect(readStored(`apply-draft:${owner.personId}`)).not.toBeNull();
    act(() => forgetDrafts());
    expect(page.result.current.form.mobile).toBe('');
    page.unmount();
    expect(readStored(`apply-draft:${owner.personId}`)).toBeNull();
    expect(renderHook(() => useDraft(owner, emptyDraft)).result.current.form.mobile).toBe('');
  });
});
