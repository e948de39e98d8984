import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ground } from '../harness/ground';
import { Run } from '../harness/runs';

describe('an object storage that stays away', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await Ground.start('storage-stays-away');
  }, 180_000);
  afterAll(async () => {
    await ground?.stop();
  }, 60_000);

  it('fails with the reason when S3 stays away', async () => {
    const run = await Run.start(ground.kube, 'competitor-scrape', {
      spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
    });
    await run.until('Running');
    ground.signal('s3', 'SIGSTOP');
    try {
      const ended = await run.until('Failed', 540_000);
      expect(ended.status?.message).toMatch(/scrape|dom|screenshot/);
      expect(ended.status?.message).toMatch(/S3|object|storage/i);
    } finally {
      ground.signal('s3', 'SIGCONT');
    }
  }, 600_000);
});
