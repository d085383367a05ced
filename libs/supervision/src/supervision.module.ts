import { Module } from '@nestjs/common';

/** What regulators and auditors come for: proofs, archives, replay, control. Every room brings its own module. */
@Module({})
export class SupervisionModule {}
