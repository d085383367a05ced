import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CommandAnswer } from '@provident/http';
import type { BusinessDate } from '@provident/kernel';
import { type AdministratorsState, accessEnd, type Filing, type Handover } from './administrators.js';
import { administratorsOn } from './coverage.js';
import { AUTHORITIES, HANDOVER_KINDS } from './events.js';

export class FiledAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' })
  filingId: string;
}

export class HandoverStartedAnswer extends CommandAnswer {
  @ApiProperty({ format: 'uuid' })
  handoverId: string;
}

export class FilingAnswer {
  @ApiProperty({ format: 'uuid' })
  filingId: string;
  @ApiProperty({ format: 'uuid', description: "the administrator's person id" })
  administratorId: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ example: 'user:6d824974-046a-5888-9d0b-3844ca2b1168' })
  account: string;
  @ApiProperty({ description: 'first day of the term' })
  from: string;
  @ApiPropertyOptional({ description: 'last day of the term' })
  until?: string;
  @ApiProperty({ enum: AUTHORITIES, isArray: true })
  authority: string[];
  @ApiPropertyOptional({ description: 'absent while the agency has not verified the filing' })
  verifiedOn?: string;

  static of({ filingId, administratorId, name, account, from, until, authority, verifiedOn }: Filing): FilingAnswer {
    return {
      ...{ filingId, administratorId, name, account, from },
      ...(until === undefined ? {} : { until }),
      authority: [...authority],
      ...(verifiedOn === undefined ? {} : { verifiedOn }),
    };
  }
}

class AccessAnswer {
  @ApiProperty({ format: 'uuid' })
  filingId: string;
  @ApiProperty()
  from: string;
  @ApiPropertyOptional()
  until?: string;
}

export class AdministratorsAnswer {
  @ApiProperty({ type: FilingAnswer, isArray: true })
  filed: FilingAnswer[];
  @ApiProperty({ type: FilingAnswer, isArray: true, description: 'who may act on the day asked for' })
  acting: FilingAnswer[];
  @ApiProperty({ type: AccessAnswer, isArray: true, description: 'who could act when, one after the other' })
  access: AccessAnswer[];
  @ApiProperty({ type: String, isArray: true, description: 'handovers, the latest last' })
  handovers: string[];

  static of(state: AdministratorsState, on: BusinessDate): AdministratorsAnswer {
    return {
      filed: state.filings.map((each) => FilingAnswer.of(each)),
      acting: administratorsOn(state, on).map((each) => FilingAnswer.of(each)),
      access: state.access.map((period) => {
        const until = accessEnd(state, period);
        return { filingId: period.filingId, from: period.from, ...(until === undefined ? {} : { until }) };
      }),
      handovers: state.handovers.map(({ handoverId }) => handoverId),
    };
  }
}

export class GapAnswer {
  @ApiProperty({ example: '2025-07-01' })
  from: string;
  @ApiProperty({ example: '2025-07-31' })
  to: string;
}

class HandoverItemAnswer {
  @ApiProperty({ description: 'place in the list, from 1' })
  item: number;
  @ApiProperty({ enum: HANDOVER_KINDS })
  kind: string;
  @ApiProperty()
  description: string;
  @ApiProperty()
  count: number;
  @ApiPropertyOptional({ enum: ['confirmed', 'excepted'], description: 'absent while open' })
  settled?: 'confirmed' | 'excepted';
}

export class HandoverAnswer {
  @ApiProperty({ format: 'uuid' })
  handoverId: string;
  @ApiProperty({ format: 'uuid' })
  outgoing: string;
  @ApiProperty({ format: 'uuid' })
  incoming: string;
  @ApiProperty({ enum: ['open', 'completed', 'withdrawn'] })
  status: string;
  @ApiProperty({ type: HandoverItemAnswer, isArray: true })
  items: HandoverItemAnswer[];
  @ApiProperty({ enum: ['outgoing', 'incoming'], isArray: true })
  signed: string[];

  static of({ handoverId, outgoing, incoming, status, items, signed }: Handover): HandoverAnswer {
    return {
      ...{ handoverId, outgoing, incoming, status },
      items: items.map(({ kind, description, count, settled }, place) => ({
        ...{ item: place + 1, kind, description, count },
        ...(settled === undefined ? {} : { settled }),
      })),
      signed: [...signed],
    };
  }
}
