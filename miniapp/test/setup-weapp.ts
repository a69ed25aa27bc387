// As on pages: a busy machine is slow, and no test is about that.
jest.setTimeout(60_000);
