import { createTestApp, type TestApp } from './harness.js';

describe('the service', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('answers an unknown address with a problem document', async () => {
    const answer = await test.app.inject({ method: 'GET', url: '/api/v1/nowhere' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({ code: 'NOT_FOUND', details: {}, requestId: expect.any(String) });
  });
});
