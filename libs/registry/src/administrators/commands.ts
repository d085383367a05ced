import { ApiProperty } from '@nestjs/swagger';
import { CitizenNumber, DateText, Name, Reason, Uuid } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { OnEmployer } from '../commands.js';
import { Count, OneOf, Optional, PlainText, Sha256, SomeOf } from '../fields.js';
import { AUTHORITIES, type Authority, HANDOVER_KINDS, type HandoverKind } from './events.js';

export class FileAdministratorBody {
  @Name() name: string;
  @CitizenNumber() citizenNumber: string;
  @PlainText(32) phone: string;
  @DateText() from: BusinessDate;
  /** Last day of the term; open when absent. */
  @Optional(DateText()) until?: BusinessDate;
  @ArrayNotEmpty() @SomeOf(AUTHORITIES) authority: Authority[];
  /** The employer's signed letter of authority. */
  @Sha256() letterHash: string;
  /** The filing that this one follows. */
  @Optional(Uuid()) replaces?: string;
  @DateText() filedOn: BusinessDate;
}

export class VerifyAdministratorBody {
  @DateText() verifiedOn: BusinessDate;
}

export class ChangeAdministratorBody {
  @Optional(PlainText(32)) phone?: string;
  @Optional(ArrayNotEmpty(), SomeOf(AUTHORITIES)) authority?: Authority[];
  @Optional(DateText()) until?: BusinessDate;
  @DateText() changedOn: BusinessDate;
  @Reason() reason: string;
}

export class HandoverItemBody {
  @OneOf(HANDOVER_KINDS) kind: HandoverKind;
  @PlainText(200) description: string;
  @Count() count: number;
}

export class StartHandoverBody {
  /** The filing of the successor. */
  @Uuid() incoming: string;
  @ApiProperty({ type: HandoverItemBody, isArray: true })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => HandoverItemBody)
  items: HandoverItemBody[];
  @DateText() startedOn: BusinessDate;
}

export class ConfirmItemBody {
  /** How many were found: as many as the list says. */
  @Count() found: number;
  @DateText() confirmedOn: BusinessDate;
}

export class ExceptItemBody {
  @Count() found: number;
  @Reason() reason: string;
  @DateText() exceptedOn: BusinessDate;
}

export class SignHandoverBody {
  @OneOf(['outgoing', 'incoming']) side: 'outgoing' | 'incoming';
  @Sha256() signatureHash: string;
  /** Why somebody else signs for an outgoing administrator who cannot. */
  @Optional(Reason()) inPlaceBecause?: string;
  @DateText() signedOn: BusinessDate;
}

export class WithdrawHandoverBody {
  @Reason() reason: string;
  @DateText() withdrawnOn: BusinessDate;
}

/** Reports the employer's choice of an administrator (专管员备案). */
export class FileAdministrator extends OnEmployer<FileAdministratorBody> {}

/** The agency has checked letter and person. */
export class VerifyAdministrator extends OnEmployer<VerifyAdministratorBody & { readonly filingId: string }> {}

export class ChangeAdministrator extends OnEmployer<ChangeAdministratorBody & { readonly filingId: string }> {}

/** Draws up the list of a handover (专管员交接). */
export class StartHandover extends OnEmployer<StartHandoverBody> {}

type OfHandover = { readonly handoverId: string };
type OfItem = OfHandover & { readonly item: number };

export class ConfirmItem extends OnEmployer<ConfirmItemBody & OfItem> {}
export class ExceptItem extends OnEmployer<ExceptItemBody & OfItem> {}
export class SignHandover extends OnEmployer<SignHandoverBody & OfHandover> {}
export class WithdrawHandover extends OnEmployer<WithdrawHandoverBody & OfHandover> {}
