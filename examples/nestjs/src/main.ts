import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CarrierModule } from './carrier.module.js';
import { ProblemFilter } from './problem.filter.js';
import { SimsController } from './sims.controller.js';

@Module({ imports: [CarrierModule], controllers: [SimsController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.useGlobalFilters(new ProblemFilter(app.getHttpAdapter()));
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
console.log(await app.getUrl());
