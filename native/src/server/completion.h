#pragma once

// A conversation of another chat feature of the editor with the model of the settings.
//
// The editor composes it, so nothing is known of it but who speaks, and all of it goes the way of
// what a person types: the redactor's, the sender's, into the log. Each request brings the whole
// conversation and is redacted from its beginning, so that a value and a name are called what they
// were called before. The model is offered this program's tools and no others; the editor runs
// them, as it does for any model, and their answers come back as text, of which the model gets what
// it gets in `@mydba`: no rows.

#include "server/call.h"

namespace mydba::server {

/// On the thread of its request. Errors: `refused` where the user did not allow it; `invalidParams`
/// without a message; those of Sender::send.
Result<protocol::AiCompleteResult> complete(Call& call, const protocol::AiCompleteParams& params,
                                            Stream<protocol::AiCompleteText>& stream);

}  // namespace mydba::server
