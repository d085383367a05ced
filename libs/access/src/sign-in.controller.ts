import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock, today } from '@provident/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { type Identity, SignedIn } from './guard/identity.js';
import { Needs, Public } from './guard/needs.js';
import { SignInRateGuard } from './hardening/sign-in-rate.guard.js';
import { LIMITS } from './limits.js';
import { Refusal } from './refusal.js';
import { Logins } from './sign-in/logins.js';
import { Provider } from './sign-in/provider.js';
import { forgetCookie, intoCookie, tokenInCookie } from './sign-in/refresh-cookie.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { SigningKeys } from './sign-in/signing-keys.js';
import { GrantAnswer, UserAnswer } from './user-answers.js';
import { configured } from './users.controller.js';
import { Users } from './users.js';

class PasswordBody {
  @ApiProperty({ example: 'li.wei' }) @IsString() @Length(1, 200) name: string;
  @ApiProperty() @IsString() @Length(1, 500) password: string;
}

class SignInBody extends PasswordBody {
  @ApiPropertyOptional({ description: 'the refresh token comes as an HttpOnly cookie instead of in the answer' })
  @IsOptional()
  @IsBoolean()
  browser?: boolean;
}

class ChangePasswordBody extends PasswordBody {
  @ApiProperty() @IsString() @Length(1, 500) newPassword: string;
}

class RefreshBody {
  @ApiPropertyOptional({ description: 'the cookie’s when absent; the next one then comes as a cookie too' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  refreshToken?: string;
}

class TokensAnswer {
  @ApiProperty({ description: 'send it as Authorization: Bearer …' }) accessToken: string;
  @ApiProperty({ description: 'seconds' }) expiresInSeconds: number;
  @ApiPropertyOptional({
    description: 'good for one use; the answer to it brings the next; absent where a cookie has it',
  })
  refreshToken?: string;
}

class WaysAnswer {
  @ApiProperty({ description: 'whether an OpenID Connect provider is set up' }) provider: boolean;
}

class RightAnswer extends GrantAnswer {
  @ApiPropertyOptional({ format: 'uuid', description: 'the user who lent it' }) lentBy?: string;
}

class MeAnswer extends UserAnswer {
  @ApiProperty({ type: [RightAnswer], description: 'what counts today, lent roles included' }) rights: RightAnswer[];
  @ApiPropertyOptional({ description: 'name of the local account' }) loginName?: string;
}

const FLOW_COOKIE = 'provident-flow';
const FLOW_PATH = '/api/access/provider';

/** Signing in and out. */
@ApiTags('access')
@Controller('api/access')
export class SignInController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Users) private readonly users: Users,
    @Inject(Logins) private readonly logins: Logins,
    @Inject(Provider) private readonly provider: Provider | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('ways')
  @Public('who signs in has no token yet')
  @ApiOperation({ summary: 'How one can sign in here, beside a local account' })
  @ApiOkResponse({ type: WaysAnswer })
  ways(): WaysAnswer {
    return { provider: this.provider !== null };
  }

  @Post('sign-in')
  @HttpCode(200)
  @Public('who signs in has no token yet')
  @UseGuards(SignInRateGuard)
  @ApiOperation({ summary: 'Sign in with a local account' })
  @ApiOkResponse({ type: TokensAnswer })
  async withPassword(
    @Body() { name, password, browser }: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensAnswer> {
    const tokens = await this.signIn.withPassword(name, password);
    return browser === true ? intoCookie(request, reply, tokens) : tokens;
  }

  @Post('password')
  @HttpCode(204)
  @Public('a password that must be changed lets nobody sign in; the present one is asked for')
  @UseGuards(SignInRateGuard)
  @ApiOperation({ summary: 'Change the password; every session of the user ends' })
  async changePassword(@Body() { name, password, newPassword }: ChangePasswordBody): Promise<void> {
    await this.signIn.changePassword(name, password, newPassword);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public('the access token may have expired; the refresh token is the proof')
  @ApiOperation({ summary: 'The next access token and refresh token' })
  @ApiOkResponse({ type: TokensAnswer })
  async refresh(
    @Body() { refreshToken }: RefreshBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensAnswer> {
    if (refreshToken !== undefined) return this.signIn.refresh(refreshToken);
    // A page that is loaded twice in a row never sees the first answer.
    const tokens = await this.signIn.refresh(tokenInCookie(request), LIMITS.renewalGraceMs);
    return intoCookie(request, reply, tokens);
  }

  @Post('sign-out')
  @HttpCode(204)
  @Needs('session.own')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'End this session' })
  async signOut(
    @SignedIn() { sessionId }: Identity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(sessionId, 'signed-out');
    forgetCookie(request, reply);
  }

  @Get('me')
  @Needs('session.own')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Who is signed in, and with which rights' })
  @ApiOkResponse({ type: MeAnswer })
  async me(@SignedIn() { userId }: Identity): Promise<MeAnswer> {
    const { state, rights } = await this.users.rights(userId, today(this.clock));
    const loginName = await this.logins.nameOf(userId);
    return { ...UserAnswer.of(state), rights: [...rights], ...(loginName === undefined ? {} : { loginName }) };
  }

  @Get('keys')
  @Public('public keys, for others to verify our tokens')
  @ApiOperation({ summary: 'The public keys of the access tokens (JWK set)' })
  async publicKeys(): Promise<{ keys: readonly object[] }> {
    return { keys: await this.keys.published() };
  }

  @Get('provider')
  @Public('who signs in has no token yet')
  @UseGuards(SignInRateGuard)
  @ApiOperation({ summary: 'Go to the OpenID Connect provider to sign in' })
  async toProvider(@Res() reply: FastifyReply): Promise<void> {
    const { url, browserSecret } = await configured(this.provider).begin();
    const secure = new URL(configured(this.provider).redirectUri).protocol === 'https:' ? '; Secure' : '';
    const seconds = LIMITS.providerFlowMs / 1_000;
    const cookie = `${FLOW_COOKIE}=${browserSecret}; Path=${FLOW_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
    void reply.header('set-cookie', cookie).redirect(url, 302);
    await reply;
  }

  @Get('provider/callback')
  @Public('the provider sends the browser here; state, nonce and cookie are the proof')
  @UseGuards(SignInRateGuard)
  @ApiOperation({ summary: 'Come back from the provider, signed in; a browser goes on to the portal' })
  @ApiOkResponse({ type: TokensAnswer })
  async fromProvider(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensAnswer> {
    const [, query = ''] = request.url.split('?', 2);
    const isBrowser = request.headers.accept?.includes('text/html') === true;
    try {
      const userId = await configured(this.provider).finish(query, flowCookie(request));
      const tokens = await this.signIn.asUser(userId);
      if (!isBrowser) return tokens;
      const answer = intoCookie(request, reply, tokens);
      void reply.redirect('/', 302);
      return answer;
    } catch (error) {
      if (!isBrowser || !(error instanceof Refusal) || error.status !== 401) throw error;
      // Whoever came by a browser reads on the portal's own page that he was not let in.
      void reply.redirect('/?provider=refused', 302);
      return NOT_LET_IN;
    }
  }
}

/** The body of a redirection, which nobody reads. */
const NOT_LET_IN = {} as TokensAnswer;

function flowCookie(request: FastifyRequest): string {
  const [, secret = ''] = new RegExp(`(?:^|; )${FLOW_COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '') ?? [];
  return secret;
}
