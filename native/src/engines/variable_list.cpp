#include "engines/variable_list.h"

#include <algorithm>
#include <string>

#include "privacy/redactor.h"
#include "sql/keyword.h"

namespace mydba {

protocol::VariableList variableList(std::vector<protocol::Variable> all, std::string_view part) {
  const std::string wanted = sql::lowerCase(std::string(part));
  std::erase_if(all, [&](const protocol::Variable& variable) {
    return sql::lowerCase(variable.name).find(wanted) == std::string::npos;
  });
  std::ranges::sort(all, {}, &protocol::Variable::name);
  for (protocol::Variable& variable : all) privacy::maskSecrets(variable);
  return {.variables = std::move(all), .unavailable = std::nullopt};
}

}  // namespace mydba
