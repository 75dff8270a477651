#include "engines/tree_detail.h"

#include "base/utf8.h"

namespace mydba {

std::string treeDetail(std::initializer_list<std::string_view> facts) {
  std::string detail;
  for (const std::string_view fact : facts) {
    if (fact.empty()) continue;
    if (!detail.empty()) detail += " · ";
    detail += fact;
  }
  return detail;
}

std::string defaultFact(std::string_view expression) {
  constexpr std::size_t shown = 100;
  if (expression.empty()) return {};
  return "default " + std::string(utf8Prefix(expression, shown));
}

}  // namespace mydba
