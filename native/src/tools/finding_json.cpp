#include "tools/finding_json.h"

#include "base/utf8.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

constexpr std::size_t mostFindings = 10;

Json findingJson(const protocol::Finding& finding) {
  Json json = {{"id", finding.id},
               {"severity", protocol::name(finding.severity)},
               {"message", finding.message},
               {"advice", finding.advice}};
  for (const auto& remedy : finding.remedies)
    if (remedy.sql) json["remedies"].push_back({{"title", remedy.title}, {"sql", *remedy.sql}});
  json["document"] = finding.citation.anchor;
  json["url"] = finding.citation.url;
  return json;
}

}  // namespace

Json findingsJson(const std::vector<protocol::Finding>& findings) {
  Json list = Json::array();
  for (const auto& finding : findings) {
    if (list.size() == mostFindings) {
      list.push_back({{"more", findings.size() - mostFindings}});
      break;
    }
    list.push_back(findingJson(finding));
  }
  return list;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t most = mostBytes / 4;
  if (text.size() <= most) return std::string(text);
  const std::string_view head = utf8Prefix(text, most);
  const auto line = head.rfind('\n');
  return std::string(head.substr(0, line == std::string_view::npos ? head.size() : line)) +
         "\n… (cut: the plan is longer)";
}

}  // namespace mydba::tools
