import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { SealedPersonalData } from '@provident/access/personal/personal-fields';
import { FUND_NAMES } from '@provident/kernel';
import { KnownTimes, ReadPosition } from '@provident/projections';
import { Amount, Named, Text } from '../answer-fields.js';
import { AsOfQuery, asOfOf } from '../questions.js';
import { type FileLanguage, InLanguage, workbookAnswer, XLSX } from '../workbook-answer.js';
import { type OpenReceiptList, OpenReceipts } from './open-receipts.js';
import { openReceiptsSheet } from './open-receipts-sheet.js';

/** Receipts in one answer; the sum and the number are of all. */
const MOST_RECEIPTS = 200;
/** Receipts in one file. */
const MOST_IN_FILE = 100_000;

class FileQuery extends AsOfQuery {
  @InLanguage()
  language?: FileLanguage;
}

class OpenReceiptAnswer {
  @ApiProperty({ format: 'uuid' })
  receiptId: string;
  @Text('number of the voucher that holds it')
  voucher: string;
  @ApiProperty({ type: Named })
  fund: Named;
  @Amount()
  amount: string;
  @Text('day on which the bank had it', '2025-07-20')
  valueDate: string;
  @Text('reference of the bank line')
  bankReference: string;
  @Text('payer as the bank wrote it')
  payerName: string;
  @Text('purpose as the payer wrote it')
  purpose: string;
}

class OpenReceiptsAnswer {
  @ApiProperty({ type: [OpenReceiptAnswer], description: `the oldest first, at most ${MOST_RECEIPTS}` })
  receipts: OpenReceiptAnswer[];
  @ApiProperty({ type: String, description: 'how many there are in all' })
  count: string;
  @Amount('of all of them')
  total: string;

  static of({ receipts, count, total }: OpenReceiptList): OpenReceiptsAnswer {
    return {
      receipts: receipts.map(({ voucher, fund, amount, ...rest }) => ({
        ...{ ...rest, voucher: voucher.toString(), amount: amount.toString() },
        fund: { code: fund, ...FUND_NAMES[fund] },
      })),
      ...{ count: count.toString(), total: total.toString() },
    };
  }
}

@ApiTags('books')
@Controller('api/books')
export class OpenReceiptsController {
  constructor(
    private readonly receipts: OpenReceipts,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
    private readonly personal: SealedPersonalData,
  ) {}

  @Get('unidentified-receipts')
  @Needs('books.read')
  @ApiOperation({ summary: 'Temporary receipts whose payer is not found yet (待查), as of two times' })
  @ApiOkResponse({ type: OpenReceiptsAnswer })
  async unidentified(@Query() query: AsOfQuery): Promise<OpenReceiptsAnswer> {
    await this.position.waitForText(query.atLeast);
    const question = { ...(await asOfOf(query, this.times)), limit: MOST_RECEIPTS };
    return OpenReceiptsAnswer.of(await this.personal.openAll(await this.receipts.unidentified(question)));
  }

  @Get('unidentified-receipts.xlsx')
  @Needs('books.read')
  @ApiProduces(XLSX)
  @ApiOperation({ summary: `The same as a workbook, at most ${MOST_IN_FILE} of them` })
  async file(@Query() query: FileQuery): Promise<StreamableFile> {
    await this.position.waitForText(query.atLeast);
    const { language = 'zh' } = query;
    const found = await this.receipts.unidentified({ ...(await asOfOf(query, this.times)), limit: MOST_IN_FILE });
    const sheet = openReceiptsSheet(await this.personal.openAll(found.receipts), language);
    return workbookAnswer([sheet], sheet.name);
  }
}
