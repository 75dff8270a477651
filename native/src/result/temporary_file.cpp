#include "result/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace mydba::result {
namespace {

Error failed(const std::string& what) {
  return {.code = ErrorCode::io, .message = what + ": " + std::strerror(errno)};
}

}  // namespace

std::string temporaryDirectory() {
  const char* named = std::getenv("TMPDIR");
  if (named != nullptr && *named != '\0') return named;
  return ::access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}

Result<TemporaryFile> TemporaryFile::create(std::string directory) {
  if (directory.empty()) directory = temporaryDirectory();
  std::string path = directory + "/mydba-XXXXXX";
  const int fd = ::mkstemp(path.data());  // mode 0600 (mkstemp(3))
  if (fd < 0) return failed("cannot make a temporary file in " + directory);
  TemporaryFile file(fd);
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  if (::unlink(path.c_str()) != 0) return failed("cannot unlink " + path);
  return file;
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

TemporaryFile::~TemporaryFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<bool> TemporaryFile::write(std::uint64_t offset, std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) return false;
      return failed("cannot write a temporary file");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

Result<void> TemporaryFile::read(std::uint64_t offset, char* out, std::size_t size) const {
  while (size > 0) {
    const ssize_t count = ::pread(fd_, out, size, static_cast<off_t>(offset));
    if (count < 0) {
      if (errno == EINTR) continue;
      return failed("cannot read a temporary file");
    }
    if (count == 0) return Error{.code = ErrorCode::io, .message = "a temporary file is too short"};
    out += count;
    size -= static_cast<std::size_t>(count);
    offset += static_cast<std::uint64_t>(count);
  }
  return {};
}

Result<void> TemporaryFile::truncate(std::uint64_t size) const {
  while (::ftruncate(fd_, static_cast<off_t>(size)) != 0)
    if (errno != EINTR) return failed("cannot shorten a temporary file");
  return {};
}

}  // namespace mydba::result
