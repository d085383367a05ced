import { DateText, Name } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { OnPerson } from '../commands.js';
import { OneOf, PlainText, Sha256 } from '../fields.js';
import { CARD_REPLACEMENT_REASONS, type CardReplacementReason } from './events.js';

export class RequestCardBody {
  @DateText() requestedOn: BusinessDate;
}

export class IssueCardBody {
  @PlainText(40) cardNumber: string;
  @DateText() issuedOn: BusinessDate;
}

export class DeliverCardBody {
  /** Who took the card: the holder, or somebody for the holder. */
  @Name() receivedBy: string;
  @Sha256() signatureHash: string;
  @DateText() deliveredOn: BusinessDate;
}

export class ReportCardLostBody {
  @DateText() reportedOn: BusinessDate;
}

export class ReplaceCardBody {
  @OneOf(CARD_REPLACEMENT_REASONS) reason: CardReplacementReason;
  @DateText() replacedOn: BusinessDate;
}

type OfCard = { readonly cardId: string };

/** Asks for a person's first card (社会保障卡申领). */
export class RequestCard extends OnPerson<RequestCardBody> {}
export class IssueCard extends OnPerson<IssueCardBody & OfCard> {}
export class DeliverCard extends OnPerson<DeliverCardBody & OfCard> {}
/** Reports a card lost (挂失). */
export class ReportCardLost extends OnPerson<ReportCardLostBody & OfCard> {}
/** Asks for a card in the place of another one (补换卡). */
export class ReplaceCard extends OnPerson<ReplaceCardBody & OfCard> {}
