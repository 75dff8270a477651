#include "ai/redact/private_words.h"

#include <optional>

namespace mydba::ai {

std::vector<std::string> privateWords(const protocol::ConnectionProfile& profile) {
  std::vector<std::string> words;
  for (const auto& word : {profile.host, profile.user, profile.path, profile.socket, profile.ssh,
                           std::optional(profile.name)})
    if (word) words.push_back(*word);
  return words;
}

}  // namespace mydba::ai
