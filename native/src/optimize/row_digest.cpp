#include "optimize/row_digest.h"

#include <openssl/evp.h>

#include <cstring>
#include <string>
#include <string_view>

namespace mydba::optimize {
namespace {

std::array<unsigned char, 32> sha256(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr);
  return hash;
}

void appendNumber(std::string& out, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

std::uint64_t half(const std::array<unsigned char, 32>& hash, std::size_t offset) {
  std::uint64_t number = 0;
  std::memcpy(&number, hash.data() + offset, sizeof number);
  return number;
}

}  // namespace

void RowDigest::add(std::span<const Cell> cells) {
  constexpr std::uint64_t lengthOfNull = ~std::uint64_t{0};
  std::string bytes;
  for (const Cell& cell : cells) {
    appendNumber(bytes, cell.isNull() ? lengthOfNull : cell.size);
    bytes += cell.text();
  }
  const Hash hash = sha256(bytes);
  ++rows_;
  const std::uint64_t low = half(hash, 0);
  sum_[0] += low;
  sum_[1] += half(hash, 8) + (sum_[0] < low ? 1 : 0);
  std::string linked(reinterpret_cast<const char*>(chain_.data()), chain_.size());
  linked.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  chain_ = sha256(linked);
}

}  // namespace mydba::optimize
