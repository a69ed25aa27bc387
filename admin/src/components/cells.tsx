import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { ReactNode } from 'react';
import { useLocalized } from '../i18n/index.js';

/** Whose row it is, masked, with the class of the card where a list shows it. */
export function HolderCell({
  holder,
  children,
}: {
  holder: { readonly maskedName: string; readonly maskedIdentityNumber: string };
  children?: ReactNode;
}) {
  return (
    <>
      <div>
        {holder.maskedName} {children}
      </div>
      <div className="small quiet num">{holder.maskedIdentityNumber}</div>
    </>
  );
}

interface Named {
  readonly name: LocalizedText;
}

/** A channel, and under it where it was or will be used. */
export function PlaceCell({ channel, venue }: { channel: Named; venue: Named }) {
  const localized = useLocalized();
  return (
    <div className="clip">
      {localized(channel.name)}
      <div className="small quiet">{localized(venue.name)}</div>
    </div>
  );
}
