import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, deterministicId, today } from '@provident/kernel';
import { OpenedAnswer } from './answers.js';
import {
  AppointmentBody,
  AttendanceBody,
  CancelAppointmentBody,
  MessageBody,
  OpenThreadBody,
  SideBody,
} from './bodies.js';
import { TakeThreadStep } from './commands.js';

const OF_THREAD = { by: { finder: 'thread', id: 'param:threadId' } } as const;

/** Conversations between an employer and the agency, about a case or by themselves, with meetings and trainings. */
@ApiTags('messages')
@Controller('api/threads')
export class ThreadsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('message.exchange', { employer: 'body:employer' })
  @ApiOperation({ summary: 'Begin a conversation' })
  @ApiCreatedResponse({ type: OpenedAnswer })
  async open(@Body() body: OpenThreadBody, @FromUser() request: RequestContext): Promise<OpenedAnswer> {
    const id = deterministicId('thread', request.commandId);
    return { id, ...(await this.take(id, { type: 'OpenThread', threadId: id, ...body }, request)) };
  }

  @Post(':threadId/messages')
  @Needs('message.exchange', OF_THREAD)
  @ApiOperation({ summary: 'Write to the other side, or answer it' })
  @ApiCreatedResponse({ type: OpenedAnswer })
  async write(
    @Param('threadId') threadId: string,
    @Body() { answers, ...body }: MessageBody,
    @FromUser() request: RequestContext,
  ): Promise<OpenedAnswer> {
    const messageId = deterministicId('message', request.commandId);
    const message = { messageId, ...body };
    const step: TakeThreadStep['step'] =
      answers === undefined ? { type: 'SendMessage', ...message } : { type: 'AnswerMessage', answers, ...message };
    return { id: messageId, ...(await this.take(threadId, step, request)) };
  }

  @Post(':threadId/appointments')
  @Needs('message.exchange', OF_THREAD)
  @ApiOperation({ summary: 'Propose a meeting or a training' })
  @ApiCreatedResponse({ type: OpenedAnswer })
  async propose(
    @Param('threadId') threadId: string,
    @Body() body: AppointmentBody,
    @FromUser() request: RequestContext,
  ): Promise<OpenedAnswer> {
    const appointmentId = deterministicId('appointment', request.commandId);
    const step = { type: 'ProposeAppointment', appointmentId, ...body } as const;
    return { id: appointmentId, ...(await this.take(threadId, step, request)) };
  }

  @Post(':threadId/appointments/:appointmentId/confirmation')
  @Needs('message.exchange', OF_THREAD)
  @HttpCode(200)
  @ApiOperation({ summary: 'Agree to a meeting; the side that was asked' })
  @ApiOkResponse({ type: CommandAnswer })
  confirm(
    @Param('threadId') threadId: string,
    @Param('appointmentId') appointmentId: string,
    @Body() body: SideBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(threadId, { type: 'ConfirmAppointment', appointmentId, ...body }, request);
  }

  @Post(':threadId/appointments/:appointmentId/cancellation')
  @Needs('message.exchange', OF_THREAD)
  @HttpCode(200)
  @ApiOperation({ summary: 'Call a meeting off' })
  @ApiOkResponse({ type: CommandAnswer })
  cancel(
    @Param('threadId') threadId: string,
    @Param('appointmentId') appointmentId: string,
    @Body() body: CancelAppointmentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(threadId, { type: 'CancelAppointment', appointmentId, ...body }, request);
  }

  @Post(':threadId/appointments/:appointmentId/attendance')
  @Needs('message.exchange', OF_THREAD)
  @HttpCode(200)
  @ApiOperation({ summary: 'Record whether the employer came; the agency' })
  @ApiOkResponse({ type: CommandAnswer })
  recordAttendance(
    @Param('threadId') threadId: string,
    @Param('appointmentId') appointmentId: string,
    @Body() body: AttendanceBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(threadId, { type: 'RecordAttendance', appointmentId, ...body }, request);
  }

  private async take(threadId: string, step: TakeThreadStep['step'], request: RequestContext): Promise<CommandAnswer> {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CommandAnswer.of(await this.commands.execute(new TakeThreadStep(threadId, step, context)));
  }
}
