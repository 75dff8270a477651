#include "native/ai/intent/corpus.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/catalogue_file.h"
#include "native/catch.h"

namespace mydba::ai::intent {
namespace {

const std::string folder = MYDBA_SOURCE_DIR "/tests/intent/";

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

}  // namespace

std::vector<CorpusLine> readCorpus() {
  std::ifstream file(folder + "sentences.tsv");
  std::vector<CorpusLine> lines;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.starts_with('#')) continue;
    const auto fields = split(text, '\t');
    INFO(text);
    REQUIRE(fields.size() >= 6);
    CorpusLine line{.number = static_cast<int>(lines.size()) + 1,
                    .catalogue = fields[0],
                    .intent = fields[1],
                    .limit = fields[3],
                    .confirm = fields[4] == "yes",
                    .text = fields[5],
                    .sql = fields.size() > 6 ? fields[6] : ""};
    if (fields[2] != "-") line.tables = split(fields[2], ',');
    std::ranges::sort(line.tables);
    lines.push_back(std::move(line));
  }
  return lines;
}

const Schema* corpusSchema(const std::string& name) {
  static const auto all = [] {
    std::map<std::string, Schema> schemas;
    for (const char* known : {"shop", "hospital", "saas"}) {
      const auto schema = cli::readCatalogueFile(folder + known + ".json");
      REQUIRE(schema);
      schemas[known] = *schema;
    }
    return schemas;
  }();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace mydba::ai::intent
