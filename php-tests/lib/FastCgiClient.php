<?php
// As much of FastCGI as it takes to ask php-fpm for pages without a web server,
// several at a time, and to walk away in the middle of one.

declare(strict_types=1);

final class FastCgiClient
{
    public function __construct(private string $socket, private string $documentRoot)
    {
    }

    /**
     * @param array<string, string|int> $query
     * @param array<string, string> $parameters others than a plain request has
     */
    public function get(string $script, array $query = [], array $parameters = []): FastCgiResponse
    {
        return $this->start($script, $query, $parameters)->finish();
    }

    /** Sends the request, and leaves the answer to be read later. */
    public function start(string $script, array $query = [], array $parameters = []): FastCgiRequest
    {
        $queryString = http_build_query($query);
        return new FastCgiRequest($this->socket, $parameters + [
            'GATEWAY_INTERFACE' => 'CGI/1.1',
            'REQUEST_METHOD' => 'GET',
            'SCRIPT_FILENAME' => "$this->documentRoot/$script",
            'SCRIPT_NAME' => "/$script",
            'REQUEST_URI' => "/$script" . ($queryString === '' ? '' : "?$queryString"),
            'QUERY_STRING' => $queryString,
            'DOCUMENT_ROOT' => $this->documentRoot,
            'SERVER_PROTOCOL' => 'HTTP/1.1',
            'SERVER_NAME' => 'localhost',
            'REMOTE_ADDR' => '127.0.0.1',
        ]);
    }
}

final class FastCgiRequest
{
    private const BEGIN_REQUEST = 1;
    private const END_REQUEST = 3;
    private const PARAMS = 4;
    private const STDIN = 5;
    private const STDOUT = 6;
    private const STDERR = 7;
    private const SECONDS = 60;

    /** @var resource */
    private $stream;
    private string $output = '';
    private string $errors = '';
    private bool $ended = false;

    /** @param array<string, string> $parameters */
    public function __construct(string $socket, array $parameters)
    {
        $stream = @stream_socket_client("unix://$socket", $code, $message, self::SECONDS);
        $this->stream = $stream ?: throw new RuntimeException("no connection to php-fpm: $message");
        stream_set_timeout($this->stream, self::SECONDS);
        $pairs = '';
        foreach ($parameters as $name => $value) {
            $pairs .= pack('NN', strlen($name) | 1 << 31, strlen($value) | 1 << 31) . $name . $value;
        }
        fwrite($this->stream, self::record(self::BEGIN_REQUEST, pack('nCx5', 1, 0))
            . self::record(self::PARAMS, $pairs) . self::record(self::PARAMS, '') . self::record(self::STDIN, ''));
    }

    public function finish(): FastCgiResponse
    {
        while (!$this->ended) {
            $this->readRecord();
        }
        fclose($this->stream);
        return new FastCgiResponse($this->output, $this->errors);
    }

    /** Reads so many bytes of the answer at least; finish() reads the rest. */
    public function await(int $bytes): void
    {
        while (!$this->ended && strlen($this->output) < $bytes) {
            $this->readRecord();
        }
        !$this->ended || throw new RuntimeException("the answer ended before byte $bytes");
    }

    /** Reads so many bytes of the answer at least, then goes away as a browser does that was closed. */
    public function abandonAfter(int $bytes): void
    {
        $this->await($bytes);
        fclose($this->stream);
    }

    private static function record(int $type, string $content): string
    {
        return pack('CCnnCx', 1, $type, 1, strlen($content), 0) . $content;
    }

    private function readRecord(): void
    {
        $head = unpack('Cversion/Ctype/nid/nlength/Cpadding', $this->read(8));
        $content = $this->read($head['length']);
        $this->read($head['padding']);
        match ($head['type']) {
            self::STDOUT => $this->output .= $content,
            self::STDERR => $this->errors .= $content,
            self::END_REQUEST => $this->ended = true,
        };
    }

    private function read(int $length): string
    {
        $bytes = '';
        while (strlen($bytes) < $length) {
            $more = fread($this->stream, $length - strlen($bytes));
            if ($more === false || $more === '') {
                throw new RuntimeException('php-fpm ended the connection in the middle of an answer (did the worker die?)');
            }
            $bytes .= $more;
        }
        return $bytes;
    }
}

final class FastCgiResponse
{
    public readonly int $status;
    /** @var array<string, string> names in lower case */
    public readonly array $headers;
    public readonly string $body;

    public function __construct(string $output, public readonly string $errors)
    {
        [$head, $body] = explode("\r\n\r\n", $output, 2) + [1 => ''];
        $headers = [];
        foreach (explode("\r\n", $head) as $line) {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $headers[strtolower($name)] = trim($value);
        }
        $this->headers = $headers;
        $this->status = (int) ($headers['status'] ?? 200);
        $this->body = $body;
    }

    /** The body of a page that answers in JSON. */
    public function data(): array
    {
        $data = json_decode($this->body, true);
        return is_array($data) ? $data : throw new RuntimeException("no JSON but: $this->body $this->errors");
    }
}
