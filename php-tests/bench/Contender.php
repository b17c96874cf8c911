<?php

declare(strict_types=1);

/** A process that does what it is told: worker.php, or the program of limit/. */
final class Contender
{
    /** @var resource */
    private $process;
    /** @var resource */
    private $commands;
    /** @var resource */
    private $answers;

    /**
     * @param list<string> $command
     * @param array<string, string> $environment
     */
    public function __construct(public readonly string $name, array $command, string $directory, array $environment, bool $standardStreams)
    {
        $null = ['file', '/dev/null', 'w'];
        $this->process = proc_open(
            $command,
            $standardStreams
                ? [0 => ['pipe', 'r'], 1 => ['pipe', 'w'], 2 => STDERR]
                : [0 => ['file', '/dev/null', 'r'], 1 => $null, 2 => STDERR, 3 => ['pipe', 'r'], 4 => ['pipe', 'w']],
            $pipes,
            $directory,
            $environment + getenv()
        );
        [$this->commands, $this->answers] = array_values($pipes);
    }

    /**
     * Contenders in the order of a round: what one of them leaves behind, in caches and on the disk, meets not always the same one.
     *
     * @param array<string, mixed> $contenders
     * @return array<string, mixed>
     */
    public static function inTurns(array $contenders, int $round): array
    {
        return $round % 2 ? array_reverse($contenders) : $contenders;
    }

    public function send(string $command): void
    {
        fwrite($this->commands, "$command\n");
    }

    /** @return array<string, mixed> */
    public function answer(): array
    {
        $line = fgets($this->answers);
        $answer = $line === false ? ['error' => 'the process has died'] : json_decode($line, true);
        if (isset($answer['error'])) {
            throw new RuntimeException("$this->name: {$answer['error']}");
        }
        return $answer;
    }

    /** @return array<string, mixed> */
    public function ask(string $command): array
    {
        $this->send($command);
        return $this->answer();
    }

    public function end(): void
    {
        fclose($this->commands);
        proc_close($this->process);
    }
}
