import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FromUser } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { AREA } from '@provident/event-store';
import { CommandAnswer, type RequestContext } from '@provident/http';
import { CLOCK, type Clock, deterministicId, today } from '@provident/kernel';
import { OpenedAnswer } from './answers.js';
import { CompletionBody, ProgressBody, ReassignmentBody, TaskBody } from './bodies.js';
import { TakeTaskStep } from './commands.js';

/** Tasks given from above (上级交办事项), with source, owner, day, progress, result and evidence. */
@ApiTags('tasks')
@Controller('api/tasks')
export class TasksController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Needs('task.assign')
  @ApiOperation({ summary: 'Assign a task with its source document and the day it is due' })
  @ApiCreatedResponse({ type: OpenedAnswer })
  async assign(@Body() body: TaskBody, @FromUser() request: RequestContext): Promise<OpenedAnswer> {
    const taskId = deterministicId('task', request.commandId);
    return { id: taskId, ...(await this.take(taskId, { type: 'AssignTask', taskId, ...body }, request)) };
  }

  @Post(':taskId/assignments')
  @Needs('task.assign')
  @ApiOperation({ summary: 'Assign it to somebody else' })
  @ApiCreatedResponse({ type: CommandAnswer })
  reassign(
    @Param('taskId') taskId: string,
    @Body() body: ReassignmentBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(taskId, { type: 'ReassignTask', ...body }, request);
  }

  @Post(':taskId/progress')
  @Needs('task.work')
  @ApiOperation({ summary: 'Record how far it is; its owner' })
  @ApiCreatedResponse({ type: CommandAnswer })
  recordProgress(
    @Param('taskId') taskId: string,
    @Body() body: ProgressBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(taskId, { type: 'RecordProgress', ...body }, request);
  }

  @Post(':taskId/completion')
  @Needs('task.work')
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete it with its result and evidence; its owner' })
  @ApiOkResponse({ type: CommandAnswer })
  complete(
    @Param('taskId') taskId: string,
    @Body() body: CompletionBody,
    @FromUser() request: RequestContext,
  ): Promise<CommandAnswer> {
    return this.take(taskId, { type: 'CompleteTask', ...body }, request);
  }

  private async take(taskId: string, step: TakeTaskStep['step'], request: RequestContext): Promise<CommandAnswer> {
    const context = { ...request, area: this.area, effectiveDate: today(this.clock) };
    return CommandAnswer.of(await this.commands.execute(new TakeTaskStep(taskId, step, context)));
  }
}
