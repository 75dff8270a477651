#include "dispatch.h"
#include "engines/engine.h"

namespace mydba::server::handlers {

Result<protocol::VariableList> variableList(Call& call, const protocol::VariableParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  Variables* variables = (*connection)->variables();
  if (!variables)
    return Error{.code = ErrorCode::unsupported,
                 .message = (*connection)->server().flavour + " has no settings to list"};
  return variables->list(params.text, call.cancel());
}

}  // namespace mydba::server::handlers
