#pragma once

#include <span>
#include <string_view>

#include "rpc/json.h"

namespace mydba::server {

class Call;

/// Where a request runs; the words of `runs` in protocol/schema.
enum class Runs { inlined, session, meta, pool, thread };
enum class Overflow { none, block, conflate };

/// One row of the generated table.
struct Method {
  std::string_view name;
  Runs runs;
  Overflow overflow;
  Result<rpc::Json> (*invoke)(Call& call, const rpc::Json& params);
};

/// A field that must not be logged: JSON pointer below `params` or `result` of a method.
struct SecretField {
  std::string_view method;
  std::string_view part;
  std::string_view pointer;
};

/// Generated from protocol/schema, sorted by domain.
std::span<const Method> methods();
std::span<const SecretField> secretFields();
/// Null when there is none of this name.
const Method* findMethod(std::string_view name);

/// Text of a value for the log, secrets replaced by `•••`.
std::string redactedText(std::string_view method, std::string_view part, rpc::Json json);

}  // namespace mydba::server
