import { DateText, MonthText, Reason, SchemeList, Uuid } from '@provident/http';
import type { BusinessDate, Month, Scheme } from '@provident/kernel';
import { OnEmployer } from '../commands.js';
import { Count, Optional, PlainText } from '../fields.js';

export class OpenStaffingBody {
  /** The month before the first form. */
  @MonthText() month: Month;
  /** People insured in that month; may be left out where the month is declared. */
  @Optional(Count()) headcount?: number;
}

export class AddPersonBody {
  @Uuid() personId: string;
  @SchemeList() schemes: Scheme[];
  /** One of the list that is in force (decl.change_form). */
  @PlainText(100) reason: string;
}

export class ReducePersonBody {
  @Uuid() personId: string;
  @PlainText(100) reason: string;
}

export class RemoveRowBody {
  @Uuid() personId: string;
}

export class SubmitFormBody {
  /** People insured in the month, as the employer counts them. */
  @Count() headcount: number;
  @DateText() submittedOn: BusinessDate;
}

export class ReturnFormBody {
  @Reason() reason: string;
  @DateText() returnedOn: BusinessDate;
}

export class AcceptFormBody {
  @DateText() acceptedOn: BusinessDate;
}

type OfMonth = { readonly month: Month };

/** Sets the headcount that an employer's change forms go on from. */
export class OpenStaffing extends OnEmployer<OpenStaffingBody> {}
/** Puts a joiner on the month's form (增员). */
export class AddPerson extends OnEmployer<AddPersonBody & OfMonth> {}
/** Puts a leaver on the month's form (减员). */
export class ReducePerson extends OnEmployer<ReducePersonBody & OfMonth> {}
export class RemoveRow extends OnEmployer<RemoveRowBody & OfMonth> {}
/** Hands the month's form in. */
export class SubmitForm extends OnEmployer<SubmitFormBody & OfMonth> {}
export class ReturnForm extends OnEmployer<ReturnFormBody & OfMonth> {}
export class AcceptForm extends OnEmployer<AcceptFormBody & OfMonth> {}
