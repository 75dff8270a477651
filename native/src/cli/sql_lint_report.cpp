#include "cli/sql_lint_report.h"

#include <cstdio>
#include <map>

#include "cli/report.h"
#include "cli/sarif.h"
#include "codec.h"

namespace mydba::cli {
namespace {

using advise::LintFinding;

/// Lines of a text, found in one pass when they are asked for in rising order.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  struct Place {
    std::size_t line;
    std::size_t column;  ///< bytes, from 1
  };
  Place at(std::size_t offset) {
    if (offset < lineStart_) {
      line_ = 1;
      lineStart_ = 0;
    }
    for (std::size_t end; (end = text_.find('\n', lineStart_)) < offset; ++line_)
      lineStart_ = end + 1;
    return {line_, offset - lineStart_ + 1};
  }

 private:
  std::string_view text_;
  std::size_t line_ = 1;
  std::size_t lineStart_ = 0;
};

rpc::Json fixDocument(const advise::Fix& fix) {
  rpc::Json edits = rpc::Json::array();
  for (const auto& [start, end, text] : fix.edits)
    edits.push_back({{"start", start}, {"end", end}, {"text", text}});
  return {{"title", fix.title}, {"edits", edits}};
}

rpc::Json region(std::size_t start, std::size_t end) {
  return {{"byteOffset", start}, {"byteLength", end - start}};
}

rpc::Json sarifFix(const advise::Fix& fix, const rpc::Json& artifact) {
  rpc::Json replacements = rpc::Json::array();
  for (const auto& [start, end, text] : fix.edits)
    replacements.push_back(
        {{"deletedRegion", region(start, end)}, {"insertedContent", {{"text", text}}}});
  return {{"description", {{"text", fix.title}}},
          {"artifactChanges",
           rpc::Json::array({{{"artifactLocation", artifact}, {"replacements", replacements}}})}};
}

}  // namespace

rpc::Json lintDocument(const std::vector<LintFinding>& findings) {
  rpc::Json list = rpc::Json::array();
  for (const LintFinding& finding : findings)
    list.push_back({{"id", finding.id},
                    {"severity", protocol::name(finding.severity)},
                    {"message", finding.message},
                    {"start", finding.start},
                    {"end", finding.end},
                    {"citation", protocol::encode(finding.citation)},
                    {"fix", finding.fix ? fixDocument(*finding.fix) : rpc::Json()}});
  return {{"findings", list}};
}

rpc::Json lintSarif(const std::vector<LintFinding>& findings, std::string_view text,
                    const std::string& source) {
  const rpc::Json artifact = {{"uri", source}};
  std::map<std::string, rpc::Json> rules;
  rpc::Json results = rpc::Json::array();
  Lines lines(text);
  for (const LintFinding& finding : findings) {
    const std::string id(finding.id);
    rules.emplace(id, sarifRule(id, finding.citation));
    rpc::Json place = region(finding.start, finding.end);
    place["startLine"] = lines.at(finding.start).line;
    rpc::Json result = {
        {"ruleId", id},
        {"level", sarifLevel(finding.severity)},
        {"message", {{"text", finding.message}}},
        {"locations", rpc::Json::array({{{"physicalLocation",
                                          {{"artifactLocation", artifact}, {"region", place}}}}})}};
    if (finding.fix) result["fixes"] = rpc::Json::array({sarifFix(*finding.fix, artifact)});
    results.push_back(std::move(result));
  }
  return sarifDocument(rules, results);
}

void printFindings(const std::vector<LintFinding>& findings, std::string_view text) {
  Lines lines(text);
  for (const LintFinding& finding : findings) {
    if (!text.empty()) {
      const auto [line, column] = lines.at(finding.start);
      std::printf("%zu:%zu ", line, column);
    }
    std::printf("%s %s: %s\n", protocol::name(finding.severity).data(),
                std::string(finding.id).c_str(), printable(finding.message).c_str());
    if (finding.fix) std::printf("    fix: %s\n", printable(finding.fix->title).c_str());
    std::printf("    see %s\n", finding.citation.url.c_str());
  }
}

}  // namespace mydba::cli
