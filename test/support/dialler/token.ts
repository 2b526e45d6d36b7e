/** The token of every test that needs one; a sweep finds it by its mark wherever it must not be. */
export const token = "tok-SECRET-123";

/** Another one, which no server takes. */
export const wrongToken = "wrong-SECRET-1";
