import { Body, ConflictException, Controller, Inject, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { RegisterPersonBody } from '@provident/registry';
import { Pool } from 'pg';

/** The yardstick for commands: what is conventionally written. Look whether the row is there, insert it, write the audit row. */
@Controller('api')
class CrudController {
  constructor(@Inject(Pool) private readonly pool: Pool) {}

  @Post('people')
  async register(@Body() body: RegisterPersonBody): Promise<{ id: string }> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const found = await client.query('select id::text, name from crud.person where citizen_number = $1', [
        body.citizenNumber,
      ]);
      if (found.rowCount !== 0) throw new ConflictException();
      const inserted = await client.query<{ id: string }>(
        'insert into crud.person (citizen_number, name) values ($1, $2) returning id::text',
        [body.citizenNumber, body.name],
      );
      const id = inserted.rows[0]?.id ?? '';
      await client.query('insert into crud.audit (person, actor, action) values ($1, $2, $3)', [
        id,
        'desk',
        'register',
      ]);
      await client.query('commit');
      return { id };
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}

/** Starts the conventional handler on the same PostgreSQL server. */
export async function startCrudHandler(pool: Pool): Promise<NestFastifyApplication> {
  await pool.query(`
    drop schema if exists crud cascade;
    create schema crud;
    create table crud.person (
      id bigint generated always as identity primary key, citizen_number text not null unique, name text not null,
      created_at timestamptz not null default now());
    create table crud.audit (
      id bigint generated always as identity primary key, person bigint not null references crud.person,
      actor text not null, action text not null, at timestamptz not null default now())`);
  @Module({ controllers: [CrudController], providers: [{ provide: Pool, useValue: pool }] })
  class CrudModule {}
  const app = await NestFactory.create<NestFastifyApplication>(CrudModule, new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}
