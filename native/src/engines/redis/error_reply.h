#pragma once

#include <string_view>

#include "base/error.h"

namespace mydba::redis {

/// The Error for an error reply (without its `-`): `engineCode` is the reply's prefix (WRONGTYPE),
/// the hint says what can be done about it.
Error errorOfReply(std::string_view text);

}  // namespace mydba::redis
