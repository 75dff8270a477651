#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engines/redis/session.h"
#include "types.h"

namespace mydba::redis {

/// What explains the time of a command that reads.
struct CommandFacts {
  std::string complexity;                  ///< of the server's own manual: `O(N) where N is …`
  std::vector<protocol::NamedValue> keys;  ///< what its keys hold, the first five
  std::int64_t elements = 0;               ///< of the largest of them
  bool mayAsk = true;                      ///< false: the user may not run all the commands for it

  /// It takes longer the more there is: neither O(1) nor O(log(N)).
  bool grows() const;
};

/// Asks only what is answered in constant time; what is refused is left out.
CommandFacts readFacts(Session& session, const Command& command);

}  // namespace mydba::redis
