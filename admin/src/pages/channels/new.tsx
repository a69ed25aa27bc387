import { PanelSkeleton } from '../../components/states.js';
import { useChannels } from '../../services/directory.js';
import { NewChannel } from './editor.js';

/** Begins with the next free number, where the list of channels could be read. */
export default function NewChannelPage() {
  const channels = useChannels();
  if (channels.isPending) return <PanelSkeleton rows={12} />;
  const taken = (channels.data?.items ?? []).map((channel) => channel.number);
  return <NewChannel number={Math.min(999, Math.max(0, ...taken) + 1)} />;
}
