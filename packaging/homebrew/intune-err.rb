class IntuneErr < Formula
  desc "Explains Microsoft Intune enrollment errors and how to solve them"
  homepage "@REPOSITORY@"
  url "@REPOSITORY@/releases/download/v@VERSION@/intune-err-@VERSION@.tar.gz"
  sha256 "@SHA256_SOURCE@"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    generate_completions_from_executable(bin/"intune-err", "completions", shells: [:bash, :zsh, :fish])
    (buildpath/"intune-err.1").write Utils.safe_popen_read(bin/"intune-err", "man")
    man1.install "intune-err.1"
  end

  test do
    assert_match "The client computer's clock is wrong.", shell_output("#{bin}/intune-err 0x80CF0437")
  end
end
