#include "replies.h"

#include <string.h>

enum { TEXT_MAX = 1024 };

void reply_ok(struct ring *outbox, uint32_t request_id, const struct answer *answer) {
  ring_put_frame(outbox, FRAME_OK, request_id, answer->bytes, answer->length);
}

void reply_error(struct ring *outbox, uint32_t request_id, uint32_t error, const char *text) {
  static struct answer answer;
  answer_clear(&answer);
  answer_u32(&answer, TAG_ERRNO, error);
  size_t length = strlen(text);
  answer_bytes(&answer, TAG_TEXT, text, (uint32_t)(length < TEXT_MAX ? length : TEXT_MAX));
  ring_put_frame(outbox, FRAME_ERROR, request_id, answer.bytes, answer.length);
}
