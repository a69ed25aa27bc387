import { cardRoutes } from '@talent-card/shared/cards/routes';
import type { Card } from '@talent-card/shared/cards/schema';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useMe } from './account';
import { keepCards } from './kept-cards';

export const CARDS_KEY = ['cards'] as const;

/** The caller's cards; asked for only once the real name is proved. */
export function useCards() {
  const me = useMe();
  return useQuery<Card[]>({
    queryKey: CARDS_KEY,
    queryFn: async ({ signal }) => {
      const { items } = await call(cardRoutes.mine, { signal });
      if (me.data?.person) keepCards(me.data.person.personId, items);
      return items;
    },
    enabled: Boolean(me.data?.person),
  });
}

export function useCard(cardId: string) {
  return useQuery<Card>({
    queryKey: [...CARDS_KEY, cardId],
    queryFn: ({ signal }) => call(cardRoutes.one, { params: { cardId }, signal }),
    initialData: () => queryClient.getQueryData<Card[]>(CARDS_KEY)?.find((card) => card.cardId === cardId),
    initialDataUpdatedAt: 0,
  });
}

async function remember(card: Card): Promise<Card> {
  queryClient.setQueryData([...CARDS_KEY, card.cardId], card);
  await queryClient.invalidateQueries({ queryKey: CARDS_KEY, exact: true });
  return card;
}

export async function reportLost(cardId: string, idempotencyKey: string): Promise<Card> {
  return remember(await call(cardRoutes.reportLost, { params: { cardId }, idempotencyKey }));
}

/** Takes the report back with the number of the document that the name was proved with, which nothing here keeps. */
export async function reportFound(
  { cardId, identityNumber }: { cardId: string; identityNumber: string },
  idempotencyKey: string,
): Promise<Card> {
  return remember(
    await call(cardRoutes.reportFound, { params: { cardId }, body: { identityNumber }, idempotencyKey }),
  );
}
