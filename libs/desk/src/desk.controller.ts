import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Identity, SignedIn } from '@provident/access/guard/identity';
import { Needs } from '@provident/access/guard/needs';
import { TellsOf } from '@provident/access/records/tells-of';
import { OpenPersonalData } from '@provident/access/personal/open-personal-data';
import { AREA } from '@provident/event-store';
import { ReadPosition } from '@provident/projections';
import {
  AppointmentsAnswer,
  CaseDetailAnswer,
  CasesAnswer,
  ConflictsAnswer,
  MessagesAnswer,
  NoticesAnswer,
  TaskDetailAnswer,
  TasksAnswer,
  ThreadsAnswer,
  UnreadAnswer,
} from './answers.js';
import { CaseQueries, type DeskCase, type Page } from './case-queries.js';
import { ConflictQueries } from './conflict-queries.js';
import { ConversationQueries } from './conversation-queries.js';
import {
  AppointmentsQuery,
  AreaQuery,
  DeskQuery,
  NoticesQuery,
  TasksQuery,
  ThreadsQuery,
  UnansweredQuery,
} from './questions.js';
import { SubjectNames } from './subject-names.js';
import { TaskQueries } from './task-queries.js';

const ID = new ParseUUIDPipe();
const AGENCY_SCOPES: ReadonlySet<string | undefined> = new Set(['own-area', 'all']);

/** Whom a list of cases is about, as far as that is people. */
function insuredOf({ rows }: CasesAnswer): string[] {
  return rows.filter(({ subjectKind }) => subjectKind === 'insured').map(({ subjectId }) => subjectId);
}

/** What waits, what is late, and the history of every case; conversations, notices and tasks. */
@ApiTags('desk')
@UseInterceptors(OpenPersonalData)
@Controller('api/desk')
export class DeskController {
  constructor(
    private readonly cases: CaseQueries,
    private readonly conversations: ConversationQueries,
    private readonly tasks: TaskQueries,
    private readonly conflicts: ConflictQueries,
    private readonly names: SubjectNames,
    private readonly position: ReadPosition,
    @Inject(AREA) private readonly ownArea: string,
  ) {}

  @Get('queues/:role')
  @Needs('queue.read', { area: 'query:area' })
  @TellsOf(insuredOf)
  @ApiOperation({ summary: 'Cases that wait for a role, the most urgent first, with working days left' })
  @ApiOkResponse({ type: CasesAnswer })
  async queue(@Param('role') role: string, @Query() { area = this.ownArea, atLeast }: AreaQuery): Promise<CasesAnswer> {
    await this.position.waitForText(atLeast);
    return this.named(await this.cases.queue(role, area));
  }

  @Get('breaches')
  @Needs('queue.read', { area: 'query:area' })
  @TellsOf(insuredOf)
  @ApiOperation({
    summary: 'Cases past a limit: of the whole, of a check, or of a review that an emergency left owing',
  })
  @ApiOkResponse({ type: CasesAnswer })
  async breaches(@Query() { area = this.ownArea, atLeast }: AreaQuery): Promise<CasesAnswer> {
    await this.position.waitForText(atLeast);
    return this.named(await this.cases.breaches(area));
  }

  @Get('emergency-debts')
  @Needs('queue.read', { area: 'query:area' })
  @TellsOf(insuredOf)
  @ApiOperation({ summary: 'Emergencies whose review is still owed' })
  @ApiOkResponse({ type: CasesAnswer })
  async debts(@Query() { area = this.ownArea, atLeast }: AreaQuery): Promise<CasesAnswer> {
    await this.position.waitForText(atLeast);
    return this.named(await this.cases.debts(area));
  }

  @Get('conflicts')
  @Needs('queue.read', { area: 'query:area' })
  @TellsOf(({ rows }: ConflictsAnswer) => rows.map(({ personId }) => personId))
  @ApiOperation({
    summary:
      'Months paid twice and declared enrolments that were not made, until a case settles them; the oldest first',
  })
  @ApiOkResponse({ type: ConflictsAnswer })
  async openConflicts(@Query() { area = this.ownArea, atLeast }: AreaQuery): Promise<ConflictsAnswer> {
    await this.position.waitForText(atLeast);
    const { rows, more } = await this.conflicts.open(area);
    const insured = rows.map((row) => ({ ...row, subjectKind: 'insured', subjectId: row.personId }));
    const named = await this.names.named(insured);
    return { rows: rows.map((row, place) => ({ ...row, personName: named[place]?.subjectName })), more };
  }

  @Get('cases/:caseId')
  @Needs('case.read', { by: { finder: 'case', id: 'param:caseId' } })
  @TellsOf(({ people }: CaseDetailAnswer) => people.map(({ personId }) => personId))
  @ApiOperation({ summary: 'A case with its request and the history of its steps' })
  @ApiOkResponse({ type: CaseDetailAnswer })
  async case(
    @Param('caseId', ID) caseId: string,
    @Query() { atLeast }: DeskQuery,
    @SignedIn() { right }: Identity,
  ): Promise<CaseDetailAnswer> {
    await this.position.waitForText(atLeast);
    const { steps, ...found } = await this.cases.case(caseId);
    const [named = found] = await this.names.named([found]);
    // A case may name several people; whoever is one of them learns of none of the others.
    const isAgency = AGENCY_SCOPES.has(right?.scope.kind);
    const people = isAgency ? await this.names.peopleIn(found.request) : [];
    return { ...named, people, steps: steps.map((step) => ({ ...step, position: step.position.toString() })) };
  }

  @Get('people/:personId/cases')
  @Needs('case.read', { person: 'param:personId' })
  @ApiOperation({ summary: 'Cases about a person, the newest first' })
  @ApiOkResponse({ type: CasesAnswer })
  async ofPerson(@Param('personId', ID) personId: string, @Query() { atLeast }: DeskQuery): Promise<CasesAnswer> {
    await this.position.waitForText(atLeast);
    return this.cases.ofPerson(personId);
  }

  @Get('threads')
  @Needs('case.read', { employer: 'query:employer' })
  @ApiOperation({ summary: 'Conversations, of an employer or about a case' })
  @ApiOkResponse({ type: ThreadsAnswer })
  async threads(@Query() { atLeast, ...of }: ThreadsQuery): Promise<ThreadsAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.threads(of);
  }

  @Get('threads/:threadId/messages')
  @Needs('case.read', { by: { finder: 'thread', id: 'param:threadId' } })
  @ApiOperation({ summary: 'The messages of a conversation' })
  @ApiOkResponse({ type: MessagesAnswer })
  async messages(@Param('threadId', ID) threadId: string, @Query() { atLeast }: DeskQuery): Promise<MessagesAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.messages(threadId);
  }

  @Get('unanswered-messages')
  @Needs('queue.read', { area: 'query:area' })
  @ApiOperation({ summary: 'Messages of one side that the other has not answered' })
  @ApiOkResponse({ type: MessagesAnswer })
  async unanswered(@Query() { side, area = this.ownArea, atLeast }: UnansweredQuery): Promise<MessagesAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.unanswered(side ?? 'employer', area);
  }

  @Get('appointments')
  @Needs('case.read', { employer: 'query:employer' })
  @ApiOperation({ summary: 'Meetings and trainings, and who came' })
  @ApiOkResponse({ type: AppointmentsAnswer })
  async appointments(@Query() { atLeast, ...of }: AppointmentsQuery): Promise<AppointmentsAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.appointments(of);
  }

  @Get('notices')
  @Needs('notice.read', { employer: 'query:employer', person: 'query:personId' })
  @ApiOperation({ summary: 'Notices, of an employer or for a person, with how many have read them' })
  @ApiOkResponse({ type: NoticesAnswer })
  async notices(@Query() { atLeast, ...of }: NoticesQuery): Promise<NoticesAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.notices(of);
  }

  @Get('notices/:noticeId/unread')
  @Needs('notice.read', { by: { finder: 'notice', id: 'param:noticeId' } })
  @TellsOf(({ rows }: UnreadAnswer) => rows)
  @ApiOperation({ summary: 'Who has not read a notice yet' })
  @ApiOkResponse({ type: UnreadAnswer })
  async unread(@Param('noticeId', ID) noticeId: string, @Query() { atLeast }: DeskQuery): Promise<UnreadAnswer> {
    await this.position.waitForText(atLeast);
    return this.conversations.unread(noticeId);
  }

  @Get('tasks')
  @Needs('queue.read')
  @ApiOperation({ summary: 'Tasks given from above, the most urgent first' })
  @ApiOkResponse({ type: TasksAnswer })
  async taskList(@Query() { owner, open, atLeast }: TasksQuery): Promise<TasksAnswer> {
    await this.position.waitForText(atLeast);
    return this.tasks.tasks({ owner, isOpen: open === undefined ? undefined : open === 'true' });
  }

  @Get('tasks/:taskId')
  @Needs('queue.read')
  @ApiOperation({ summary: 'A task with its source, progress, result and evidence' })
  @ApiOkResponse({ type: TaskDetailAnswer })
  async task(@Param('taskId', ID) taskId: string, @Query() { atLeast }: DeskQuery): Promise<TaskDetailAnswer> {
    await this.position.waitForText(atLeast);
    return this.tasks.taskWithNotes(taskId);
  }

  private async named({ rows, more }: Page<DeskCase>): Promise<CasesAnswer> {
    return { rows: await this.names.named(rows), more };
  }
}
