import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { EventStore } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { PolicyInForce } from '@provident/policy';
import { RegistryDesk } from '../desk.js';
import { knownEmployer } from '../standing.js';
import { type AnnualCheck, annualChecks } from './annual-checks.js';
import { certificate } from './certificate.js';
import {
  CheckCertificate,
  CheckCertificateBody,
  IssueCertificate,
  IssueCertificateBody,
  ReplaceCertificate,
  ReplaceCertificateBody,
} from './commands.js';

class CertificateAnswer {
  @ApiProperty()
  number: string;
  @ApiProperty()
  issuedOn: string;
  @ApiPropertyOptional({ description: 'last day on which it is valid, where that is limited' })
  validUntil?: string;
  @ApiPropertyOptional({ description: 'the number of the one that took its place' })
  replacedBy?: string;
}

class AnnualCheckAnswer implements AnnualCheck {
  @ApiProperty()
  year: number;
  @ApiProperty({ enum: ['done', 'open', 'not-required'] })
  status: AnnualCheck['status'];
}

class CertificatesAnswer {
  @ApiProperty({ type: CertificateAnswer, isArray: true, description: 'the one that counts last' })
  certificates: CertificateAnswer[];
  @ApiProperty({ type: AnnualCheckAnswer, isArray: true })
  checks: AnnualCheckAnswer[];
}

/** An employer's registration certificates (社会保险登记证) and their yearly check, each by the rule of its day. */
@ApiTags('registry')
@Controller('api/employers/:creditCode/certificates')
export class CertificatesController {
  constructor(
    private readonly desk: RegistryDesk,
    private readonly store: EventStore,
    private readonly policy: PolicyInForce,
  ) {}

  @Get()
  @Needs('employer.read', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'All certificates, and per year whether the check was done, is open or was not asked for' })
  @ApiOkResponse({ type: CertificatesAnswer })
  async certificates(@Param('creditCode') creditCode: string): Promise<CertificatesAnswer> {
    await knownEmployer(this.store, creditCode);
    const { state } = await this.store.load(certificate, creditCode);
    return {
      certificates: state.certificates.map(({ number, issuedOn, validUntil, replacedBy }) => ({
        ...{ number, issuedOn },
        ...(validUntil === undefined ? {} : { validUntil }),
        ...(replacedBy === undefined ? {} : { replacedBy }),
      })),
      checks: [...annualChecks(state, this.policy.book, this.desk.area, this.desk.today)],
    };
  }

  @Post()
  @Needs('employer.certificate', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Give out the first certificate' })
  @ApiCreatedResponse({ type: CommandAnswer })
  issue(
    @Param('creditCode') creditCode: string,
    @Body() body: IssueCertificateBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.issuedOn, (context) => new IssueCertificate(creditCode, body, context));
  }

  @Post('replacement')
  @Needs('employer.certificate', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Give out a certificate in the place of the present one (换证、补证)' })
  @ApiCreatedResponse({ type: CommandAnswer })
  replace(
    @Param('creditCode') creditCode: string,
    @Body() body: ReplaceCertificateBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.issuedOn, (context) => new ReplaceCertificate(creditCode, body, context));
  }

  @Post('checks')
  @Needs('employer.certificate', { employer: 'param:creditCode' })
  @ApiOperation({ summary: 'Set down that the yearly check was done (年检), where the rule of the day asks for it' })
  @ApiCreatedResponse({ type: CommandAnswer })
  check(
    @Param('creditCode') creditCode: string,
    @Body() body: CheckCertificateBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.desk.give(request, body.checkedOn, (context) => new CheckCertificate(creditCode, body, context));
  }
}
